/** What a part of the audit is and what it leaves. Which parts there are is not known here. */
package org.gazecheck.audit.part;
