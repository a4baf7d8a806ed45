/** Why a jar would not serve if it were deployed, found out without deploying it. */
package org.latchkey.kernel.why;
