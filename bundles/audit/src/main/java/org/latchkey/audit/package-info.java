/** The audit log: receipts and events in chained files. */
package org.latchkey.audit;
