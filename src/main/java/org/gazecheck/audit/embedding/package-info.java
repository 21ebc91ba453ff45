/**
 * The images on two maps, by features and by heatmap, for the eye: coordinates and how far they can be trusted. Nothing is
 * tested or concluded here.
 */
package org.gazecheck.audit.embedding;
