/**
 * Commands of the command line: their options, messages and exit codes, and the console's progress. What a command does
 * lives in the rooms that it calls.
 */
package org.gazecheck.cli;
