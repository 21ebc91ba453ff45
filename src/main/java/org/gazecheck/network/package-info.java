/**
 * Networks as descriptions: architecture, weights, layers, and what may be asked of a session. How an engine runs them
 * lives in the packages inside.
 */
package org.gazecheck.network;
