/**
 * Asks of a run's predictions and heatmaps whether the network looks at the right thing: the list of the audit's parts, and
 * their findings together. Each part is a package below, which knows nothing of the list.
 */
package org.gazecheck.audit;
