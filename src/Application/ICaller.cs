namespace OrderIssues.Application;

/// <summary>Caller of the request that is being answered.</summary>
public interface ICaller
{
    /// <summary>Name of the credential that the request came with; null for none.</summary>
    string? Name { get; }
}
