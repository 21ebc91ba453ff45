package org.gazecheck.network;

/** A classifier that an engine can run. */
public sealed interface Network permits DescribedNetwork {}
