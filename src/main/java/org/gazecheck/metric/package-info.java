/**
 * The one registry of metrics: their ids, and what results, comparison, history, gates, report and documentation say of
 * them. Nothing is measured here.
 */
package org.gazecheck.metric;
