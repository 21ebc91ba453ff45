/**
 * The root of the exceptions that Gazecheck throws by itself, and the kinds of failures that a caller can tell apart.
 * Exit codes and what is printed are the command line's.
 */
package org.gazecheck.failure;
