/**
 * Tests, intervals, corrections and random streams, as pure functions over numbers. Nothing here knows what the numbers
 * are of.
 */
package org.gazecheck.stats;
