/**
 * Rows computed per image, kept by the content that they depend on, in checksummed shards within a quota. What a row
 * means is for those who keep it.
 */
package org.gazecheck.store;
