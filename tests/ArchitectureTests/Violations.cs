using OrderIssues.Domain.Issues;

// What the rules forbid, so that each rule can be seen to find it.
#pragma warning disable IDE0130 // The rules go by namespace.
namespace OrderIssues.Domain.Violations
{
    internal sealed class DomainThatKnowsApplication
    {
        public Application.Common.Errors.FailureException? Failure { get; init; }
    }

    internal sealed class DomainThatKnowsAPackage
    {
        public MediatR.IMediator? Mediator { get; init; }
    }
}

namespace OrderIssues.Application.Violations
{
    internal sealed class ApplicationThatKnowsInfrastructure
    {
        public Type Adapter => typeof(Infrastructure.DependencyInjection);
    }

    internal sealed class ApplicationThatKnowsHttp
    {
        public Microsoft.AspNetCore.Http.HttpContext? Context { get; init; }
    }

    internal sealed record UnhandledRequest : MediatR.IRequest<OrderIssue>;
}

namespace OrderIssues.Infrastructure.Violations
{
    internal sealed class InfrastructureThatKnowsWebApi
    {
        public WebApi.Issues.IssuesController? Controller { get; init; }
    }

    public sealed class AdapterThatOthersCanName;
}

namespace OrderIssues.WebApi.Violations
{
    internal sealed class LeakyController(IOrderIssueStore store) : Microsoft.AspNetCore.Mvc.ControllerBase
    {
        [Microsoft.AspNetCore.Mvc.HttpGet]
        public Task<OrderIssue?> Get(CancellationToken cancellationToken) => store.FindAsync("1", cancellationToken);
    }
}
