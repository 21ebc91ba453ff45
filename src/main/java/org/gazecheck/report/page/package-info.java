/**
 * What the pages show, as records that the templates under {@code src/main/jte} render. They hold text that is ready to
 * be shown and decide nothing.
 */
package org.gazecheck.report.page;
