using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Domain.Issues;
using OrderIssues.Infrastructure.Search;
using OrderIssues.TestCommon;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What every store finds by a text, and doesn't.</summary>
[TestFixture(StoreKind.Sqlite, true)]
[TestFixture(StoreKind.Sqlite, false)]
[TestFixture(StoreKind.MongoDb, true)]
[TestFixture(StoreKind.MongoDb, false)]
public sealed class TextSearchTests(StoreKind kind, bool isIndexed)
{
    private EmptyStore? store;
    private OrderIssue? issue;

    [SetUp]
    public async Task AddTwo()
    {
        store = await EmptyStore.StartAsync(kind, isIndexed);
        if (isIndexed)
        {
            store.Host.Services.GetRequiredService<TextIndex>().Prepare(default);
        }

        issue = await AddAsync(FullDetails() with
        {
            TicketId = "TTK-99999",
            CustomerName = "Zoë O'Brien \"Öz\" Ελλάδα ЖУК 日本語の人",
            Notes = "50% off_ers [a.*b] (a+)+$ C:\\temp\n\tsecond {line}, ^ok? $where: #1|2",
        });
        var changed = await store.Host.Store.TryChangeAsync(issue.AddMessage("Jane", "Parcel was SOAKED\r\nthrough and through 🎁🎁🎁", Now), default);
        Assert.That(changed, Is.InstanceOf<ChangeResult.Applied>());
        await AddAsync(new IssueDetails { OrderId = "B-22", Source = "email", IssueType = "damaged mug", Notes = "a sentence about bXX, 500 offXers" });
    }

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestCase("1600001")]
    [TestCase("00001")]
    [TestCase("111-0944945-3989852")]
    [TestCase("-0944945-")]
    [TestCase("ttk-9")]
    [TestCase("josh@EXAMPLE.com")]
    [TestCase("trk124")]
    [TestCase("mug-blue")]
    [TestCase("VASE \"ü")]
    [TestCase("O'Brien")]
    [TestCase("zoë o'brien \"ÖZ\"")]
    [TestCase("ελλάδα")]
    [TestCase("жук")]
    [TestCase("日本語の人")]
    [TestCase("本語の")]
    [TestCase("50% off")]
    [TestCase("off_ers")]
    [TestCase("[a.*b]")]
    [TestCase("(a+)+$")]
    [TestCase("c:\\temp")]
    [TestCase("{line}, ^ok?")]
    [TestCase("$where: #1|2")]
    [TestCase("soaked")]
    [TestCase("THROUGH AND THROUGH")]
    [TestCase("🎁🎁🎁")]
    [TestCase("🎁🎁")]
    [TestCase("本語")]
    [TestCase("の人")]
    [TestCase("öz")]
    [TestCase("Жу")]
    [TestCase("PA")]
    [TestCase("OA")]
    public async Task Finds_what_stands_in_it_whatever_the_case(string text) => Assert.That(await FoundAsync(text), Is.EqualTo(new[] { issue!.IssueId }));

    [TestCase("s.*d")]
    [TestCase("50%o")]
    [TestCase("off%ers")]
    [TestCase("off.ers")]
    [TestCase("3989852TTK")]
    [TestCase("3989852 TTK")]
    [TestCase("TRK123TRK124")]
    [TestCase("John")]
    [TestCase("Jane")]
    [TestCase("agentName")]
    [TestCase("damaged")]
    [TestCase("freshdesk")]
    [TestCase("through through")]
    [TestCase("soaked AND through")]
    [TestCase("soaked OR nothing")]
    [TestCase("\"soaked\"")]
    [TestCase("soak*")]
    [TestCase("text:soaked")]
    [TestCase("-soaked")]
    [TestCase("^Parcel")]
    [TestCase("NEAR(a b)")]
    [TestCase("{\"$ne\":\"\"}")]
    [TestCase("$ne")]
    [TestCase("' OR 1=1 --")]
    [TestCase("???")]
    [TestCase("___")]
    [TestCase("\"\"\"")]
    [TestCase("\\Q\\E")]
    [TestCase("(?i)soaked")]
    [TestCase("zoe o'brien")]
    [TestCase("人日")]
    [TestCase("oe")]
    [TestCase("??")]
    [TestCase("__")]
    [TestCase("\"\"")]
    [TestCase("%%")]
    public async Task Finds_nothing_else(string text) =>
        Assert.That(await FoundAsync(text), Is.Empty);

    [Test]
    public async Task Counts_and_filters_what_it_finds()
    {
        Assert.That(await store!.Host.Queries.CountAsync(new() { Text = "160000" }, default), Is.EqualTo(2));
        Assert.That(await store.Host.Queries.CountAsync(new() { Text = "160000", Fields = Values((IssueField.OrderId, ["B-22"])) }, default), Is.EqualTo(1));
    }

    private async Task<OrderIssue> AddAsync(IssueDetails details) =>
        (await store!.Host.Store.AddAsync(OrderIssue.Open(details, Statuses, Now), default)).Issue;

    private async Task<IEnumerable<string?>> FoundAsync(string text) =>
        (await store!.Host.Queries.ListAsync(new() { Text = text }, new(IssueField.CreatedAt, false), null, 10, default)).Issues.Select(found => found.IssueId);
}
