/**
 * HTML from results: the report of a run, the pages of nights and of all runs. It knows no network and computes no
 * heatmap.
 */
package org.gazecheck.report;
