/**
 * Heatmap methods (class activation maps) as functions over activations and gradients at a layer, and their overlays.
 * How an engine gets activations and gradients is for {@code network}.
 */
package org.gazecheck.explain;
