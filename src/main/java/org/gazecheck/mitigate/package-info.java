/**
 * Mends a network that an audit found shortcuts in: which of them, how it is trained against them, and what came of it beside the run
 * before. What a shortcut is and how it is put on an image is the audit's, and fitting a head is the training's.
 */
@NullMarked
package org.gazecheck.mitigate;

import org.jspecify.annotations.NullMarked;
