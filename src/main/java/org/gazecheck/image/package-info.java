/**
 * Images as numbers: decoding, orientation, resizing, framing, augmentation, masks and properties. It knows neither
 * data sets nor networks.
 */
package org.gazecheck.image;
