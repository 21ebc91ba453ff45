/**
 * Downloads: resumed, checked against a hash, unpacked under limits. What is downloaded, and from where, is for its
 * users to say.
 */
package org.gazecheck.download;
