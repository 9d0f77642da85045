using System;

namespace Warren.RouterAgent.State;

/// <summary>What cannot be done to a state folder, in words for an operator.</summary>
/// <param name="message">What and why.</param>
public sealed class StateException(string message) : Exception(message);
