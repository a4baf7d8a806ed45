/** What every store and every hook must keep to, as test classes to extend, and a store that lives in memory. */
package org.latchkey.testkit;
