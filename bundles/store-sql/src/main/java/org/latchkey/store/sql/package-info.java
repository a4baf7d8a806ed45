/** The store in a relational database: two tables, one pool, one transaction per commit. */
package org.latchkey.store.sql;
