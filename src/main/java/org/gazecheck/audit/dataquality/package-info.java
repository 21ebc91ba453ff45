/** Data quality: labels that the network contradicts, images that are there twice, outliers. */
package org.gazecheck.audit.dataquality;
