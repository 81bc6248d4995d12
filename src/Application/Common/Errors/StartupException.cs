namespace OrderIssues.Application.Common.Errors;

/// <summary>The service can't start as it is set up.</summary>
/// <param name="message">One line that names the configuration key and says what is wrong with its value, without repeating a secret.</param>
public sealed class StartupException(string message) : Exception(message);
