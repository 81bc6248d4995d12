using System.Net;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework.Internal;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>
/// Whatever is sent is answered, with success or with a problem that the operation says it has; and what was taken reads back as it was
/// answered. A failure tells the smallest case that was found and the seed of the run: two numbers, with which
/// <c>WithReplay(new Replay(new Rnd(…, …), null))</c> on the configuration below repeats it.
/// </summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class FuzzTests(StoreKind store)
{
    private const int Cases = 300;

    private static readonly (int Status, string Code)[] Anywhere = [(404, "route_not_found"), (405, "method_not_allowed")];

    private Api Api => Shared.On(store);

    [Test]
    public async Task Answers_every_body()
    {
        var operations = (await DescribedOperation.ReadAllAsync(Api)).Where(operation => operation.TakesBody).ToList();
        var issue = await Api.CreateAsync(Api.Minimal());

        Check(FuzzGenerators.Bodies(operations), async input =>
        {
            var request = HostileTarget.Request(Api, input.Operation, input.Operation.PathTo(issue), input.Body);
            await AssertAnsweredAsync(await Api.SendAsync(request), input.Operation.Failures);
        });
    }

    [Test]
    public async Task Answers_every_path_and_query()
    {
        var all = await DescribedOperation.ReadAllAsync(Api);
        var operations = all.Where(operation => operation.HasPathParameter).ToList();
        var order = Api.NewOrder();
        await Api.CreateAsync(Api.Minimal(order));

        Check(FuzzGenerators.Targets(operations, order), async input =>
        {
            var request = HostileTarget.Request(Api, input.Operation, input.Operation.PathTo(input.Segment) + input.Query);
            var answer = await Api.SendAsync(request);

            if (answer.Text.Length == 0 && input.Segment.Contains("%00", StringComparison.Ordinal))
            {
                Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), "the server itself refuses a NUL in a path");
                return;
            }

            // Without an odd segment it is another operation's path.
            await AssertAnsweredAsync(answer, all.SelectMany(operation => operation.Failures).Where(failure => failure.Status < 500).Concat(Anywhere));
        });
    }

    private static void Check<T>(Arbitrary<T> inputs, Func<T, Task> property)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithQuietOnSuccess(true);
        FsCheck.Check.One(config, Prop.ForAll(inputs, async (T input) =>
        {
            // What fails while a smaller case is looked for is no failure of the test's own.
            using var context = new TestExecutionContext.IsolatedContext();
            await property(input);
        }));
    }

    private async Task AssertAnsweredAsync(Answer answer, IEnumerable<(int Status, string Code)> failures)
    {
        if (answer.Status == HttpStatusCode.NoContent)
        {
            Assert.That(answer.Text, Is.Empty);
            return;
        }

        if (answer.Status is HttpStatusCode.OK or HttpStatusCode.Created)
        {
            answer.Succeeded(answer.Status);
            if (answer.Body["data"] is JsonObject data && data.ContainsKey("issueId"))
            {
                Assert.That((await Api.GetAsync($"/api/order-issue/{answer.IssueId}")).DataText, Is.EqualTo(answer.DataText));
            }

            return;
        }

        Assert.That((int)answer.Status, Is.InRange(400, 499), answer.Text);
        var code = (string)answer.Body["code"]!;
        answer.Failed(answer.Status, code);
        Assert.That(failures, Does.Contain(((int)answer.Status, code)));
    }
}
