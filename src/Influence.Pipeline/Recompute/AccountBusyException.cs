namespace Influence.Pipeline.Recompute;

/// <summary>Others kept writing to an account first. Nothing was lost: the queue brings the message again.</summary>
public sealed class AccountBusyException() : Exception("An account was written by others five times in a row.");
