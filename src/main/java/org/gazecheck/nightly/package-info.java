/**
 * Nights: the watched model and what arrives are audited, compared and judged, unattended. A night is whole when the
 * history has it.
 */
package org.gazecheck.nightly;
