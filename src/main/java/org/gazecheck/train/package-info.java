/**
 * Training: the probe on frozen features, fine-tuning by back-propagation, checkpoints to resume from. Networks and
 * their engines live in {@code network}.
 */
package org.gazecheck.train;
