namespace OrderIssues.Application.Common.Errors;

/// <summary>Stops the start of a service that is configured wrong.</summary>
/// <param name="message">Line that names the key and what is wrong with its value, without a secret.</param>
public sealed class StartupException(string message) : Exception(message);
