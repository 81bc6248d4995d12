namespace OrderIssues.WebApi.FunctionalTests.Durability;

/// <summary>Where in a request with a key an instance ends.</summary>
public enum CrashPoint
{
    /// <summary>The record of the key is there.</summary>
    AfterRecord,

    /// <summary>It was looked whether the issue or the message is there already.</summary>
    BeforeWrite,

    /// <summary>The issue or the message is there.</summary>
    AfterWrite,

    /// <summary>The answer is about to be remembered.</summary>
    BeforeCompletion,

    /// <summary>The answer is remembered, but nobody has it.</summary>
    AfterCompletion,
}
