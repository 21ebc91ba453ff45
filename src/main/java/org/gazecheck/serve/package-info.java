/**
 * A small server for reviewers on this machine: the report's page, and everybody's verdicts in one database. It speaks to
 * its own page only.
 */
package org.gazecheck.serve;
