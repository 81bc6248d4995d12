namespace OrderIssues.Application;

/// <summary>Caller of the request that is being answered.</summary>
public interface ICaller
{
    /// <summary>Name of the credential that the request came with; null for none.</summary>
    string? Name { get; }

    /// <summary>Scopes of the credential that the service knows; all of them without one.</summary>
    IReadOnlyList<string> Scopes { get; }

    /// <summary>True for a call without a credential.</summary>
    bool IsAnonymous { get; }
}

/// <summary>Tells who calls.</summary>
public sealed record GetSession : IRequest<ICaller>;

internal sealed class GetSessionHandler(ICaller caller) : IRequestHandler<GetSession, ICaller>
{
    public Task<ICaller> Handle(GetSession request, CancellationToken cancellationToken) => Task.FromResult(caller);
}
