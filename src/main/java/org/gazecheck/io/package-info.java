/**
 * Files that survive a crash: atomic writes, locks, temporary files, hashes, {@code .npy} and SQLite. What is in the
 * files is for {@code results} and {@code store}.
 */
package org.gazecheck.io;
