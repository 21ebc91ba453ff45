/**
 * Where accuracy is lower: segments of the audited images by what they are like, where their evidence lies, what they stand in and
 * what they show. Looked for on one half of the images and tested on the other. No cause follows.
 */
package org.gazecheck.audit.segment;
