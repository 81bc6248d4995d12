using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Issues.Vocabulary;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Tickets;
using OrderIssues.TestCommon;

namespace OrderIssues.Application.UnitTests.Common;

/// <summary>The whole of Application on mocked ports, entered as controllers enter it.</summary>
internal sealed class UseCases
{
    private readonly ServiceProvider provider;

    public UseCases(IssueStatuses? statuses = null, IssueTypes? types = null, params ITicketSystem[] ticketSources)
    {
        Records = new RecordsInMemory(Time);
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddApplication()
            .AddSingleton(Store.Object)
            .AddSingleton(Queries.Object)
            .AddSingleton<IRecordStore>(Records)
            .AddSingleton(Mock.Of<ICaller>(caller => caller.Name == "support-app"))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(statuses ?? IssueFactory.Statuses)
            .AddSingleton(types ?? IssueFactory.AnyType);
        foreach (var source in ticketSources)
        {
            services.AddSingleton(source);
        }

        provider = services.BuildServiceProvider(validateScopes: true);
        Store.Setup(store => store.AddAsync(It.IsAny<OrderIssue>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((OrderIssue issue, CancellationToken _) => new AddedIssue(issue with { IssueId = "1600001" }, IsNew: true));
    }

    public Mock<IOrderIssueStore> Store { get; } = new(MockBehavior.Strict);

    public Mock<IOrderIssueQueries> Queries { get; } = new(MockBehavior.Strict);

    public RecordsInMemory Records { get; }

    public FakeTimeProvider Time { get; } = new(IssueFactory.Now);

    public Task<T> SendAsync<T>(IRequest<T> request, CancellationToken cancellationToken = default) =>
        provider.GetRequiredService<IMediator>().Send(request, cancellationToken);

    /// <summary>The failure that the request ends with.</summary>
    public async Task<FailureException> FailureOfAsync<T>(IRequest<T> request) =>
        (await Assert.ThrowsAsync<FailureException>(() => SendAsync(request)))!;

    /// <summary>The fields that the request is refused for, each with its messages.</summary>
    public async Task<Dictionary<string, string[]>> ErrorsOfAsync<T>(IRequest<T> request)
    {
        var failure = await FailureOfAsync(request);
        Assert.That(failure.Code, Is.EqualTo(FailureCode.ValidationFailed));
        return failure.Errors.GroupBy(error => error.PropertyName)
            .ToDictionary(field => field.Key, field => field.Select(error => error.ErrorMessage).ToArray());
    }
}
