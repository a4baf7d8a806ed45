/** The query language of the directory: parsed, planned over the store's indexes, and answered page by page. */
package org.latchkey.directory.search;
