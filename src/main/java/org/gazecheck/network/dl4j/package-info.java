/**
 * Deeplearning4j as an engine: training graphs, model archives, and archives that others made. No other package but
 * {@code train} speaks to it.
 */
package org.gazecheck.network.dl4j;
