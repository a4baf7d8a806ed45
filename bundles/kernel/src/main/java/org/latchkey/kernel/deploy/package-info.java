/** Makes what lies in the deploy directory what runs. */
package org.latchkey.kernel.deploy;
