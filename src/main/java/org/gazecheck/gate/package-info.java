/**
 * Rules over what a night measured: parsed, decided within a budget of false alarms, and written as JUnit XML and
 * Markdown. It measures nothing and notifies nobody.
 */
package org.gazecheck.gate;
