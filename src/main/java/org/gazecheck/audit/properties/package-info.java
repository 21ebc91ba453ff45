/** What the images are like, as a table. What goes with being wrong is asked in {@code association}. */
package org.gazecheck.audit.properties;
