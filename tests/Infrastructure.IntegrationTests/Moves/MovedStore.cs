using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Moves;

/// <summary>A store of a test's own, as the command that moves stores and the services that run on them see it.</summary>
internal sealed class MovedStore : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MongoTestDatabase? database;

    private MovedStore(MongoTestDatabase? database) => this.database = database;

    public static TimeProvider Time { get; } = EmptyStore.NewTime();

    public MongoTestDatabase Database => database!;

    public string File => Path.Combine(folder.Path, "order-issues.db");

    private (string Key, string Value) Setting =>
        database is null ? ("ConnectionStrings:Sqlite", $"Data Source={File}") : ("ConnectionStrings:MongoDb", database.Uri);

    public static async Task<MovedStore> NewAsync(StoreKind kind) =>
        new(kind == StoreKind.Sqlite ? null : await MongoTestDatabase.RequireAsync());

    /// <summary>A service on it.</summary>
    public StoreHost Start() => StoreHost.Start(services => services.AddSingleton(Time), Setting);

    /// <summary>What a command has of it, without a service's background work.</summary>
    public ServiceProvider Open() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(Time)
        .AddStore(
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(Setting.Key, (string?)Setting.Value)]).Build(),
            new HostingEnvironment { EnvironmentName = Environments.Production, ContentRootPath = folder.Path })
        .BuildServiceProvider();

    /// <summary>Moves it as the command does.</summary>
    /// <param name="target">Store to move to.</param>
    /// <param name="report">Gets the progress.</param>
    public async Task<MoveReport> MoveToAsync(MovedStore target, Action<MoveProgress>? report = null)
    {
        await using var from = Open();
        await using var to = target.Open();
        return await new StoreMove(from.GetRequiredService<IMoveSource>(), to.GetRequiredService<IMoveTarget>(), Time)
            .RunAsync(report ?? (_ => { }), default);
    }

    /// <summary>All that it has, in one form for both kinds of stores.</summary>
    public async Task<StoredContent> ReadAsync()
    {
        await using var services = Open();
        var source = services.GetRequiredService<IMoveSource>();
        var (issues, records) = (new List<MovedIssue>(), new List<StoredRecord>());
        await foreach (var batch in source.ReadIssuesAsync(default))
        {
            issues.AddRange(batch);
        }

        await foreach (var batch in source.ReadRecordsAsync(default))
        {
            records.AddRange(batch);
        }

        return new(
            [.. issues.OrderBy(moved => moved.Issue.IssueId)],
            await source.ReadEventsAsync(0, 10_000, default),
            [.. records.OrderBy(record => record.Kind).ThenBy(record => record.Key)],
            await source.GetLogAsync(default),
            await source.ReadCounterAsync(default));
    }

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }
}

internal sealed record StoredContent(
    IReadOnlyList<MovedIssue> Issues,
    IReadOnlyList<MovedEvent> Events,
    IReadOnlyList<StoredRecord> Records,
    EventLogRange Log,
    long Counter)
{
    public void AssertIs(StoredContent other)
    {
        Assert.That(Issues.Select(moved => moved.Issue.IssueId), Is.EqualTo(other.Issues.Select(moved => moved.Issue.IssueId)));
        Assert.That(Issues.Zip(other.Issues, (one, two) => one.IsSameAs(two)), Is.All.True);
        Assert.That(Events.Select(TextOf), Is.EqualTo(other.Events.Select(TextOf)));
        Assert.That(Records.Select(TextOf), Is.EqualTo(other.Records.Select(TextOf)));
        Assert.That((Log, Counter), Is.EqualTo((other.Log, other.Counter)));
    }

    private static string TextOf(MovedEvent moved) =>
        $"{moved.Event with { Changed = [] }} {string.Join(',', moved.Event.Changed)} {moved.Issue} {moved.RecordedAt:O}";

    private static string TextOf(StoredRecord record) =>
        $"{record with { Version = "", Attachment = null }} {Convert.ToHexString(record.Attachment ?? [])}";
}
