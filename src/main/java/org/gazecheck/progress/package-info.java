/**
 * How far long work is, for the console and the log. Who shows it, and how, is for {@code cli}.
 */
package org.gazecheck.progress;
