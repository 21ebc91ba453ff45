/** Data that is itself suspicious: labels that the network contradicts, photographs that are there twice, outliers. */
package org.gazecheck.audit.suspicion;
