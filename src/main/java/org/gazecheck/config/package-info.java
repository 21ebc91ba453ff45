/**
 * The configuration: its sections and keys, read from YAML and {@code --set}, checked, and written down resolved. It
 * does not decide what a key changes; that is for those who use it.
 */
package org.gazecheck.config;
