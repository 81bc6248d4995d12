namespace OrderIssues.Application;

/// <summary>Who makes the request that is being answered.</summary>
public interface ICaller
{
    /// <summary>The name of the credential that the request came with; null when it came with none.</summary>
    string? Name { get; }
}
