/**
 * What parts of an audit start from: predictions, images as the network sees them and what they are like, the masks of
 * their objects, samples. No part and no finding is here.
 */
package org.gazecheck.audit.input;
