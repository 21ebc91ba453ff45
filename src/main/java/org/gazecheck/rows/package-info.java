/**
 * What a row is that is computed of one image: a pure function of bytes, its context and its keys, whoever keeps the rows. The
 * functions themselves live where what they compute is at home.
 */
package org.gazecheck.rows;
