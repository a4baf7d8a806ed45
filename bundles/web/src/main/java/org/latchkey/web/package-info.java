/** HTTP in front of every endpoint. */
package org.latchkey.web;
