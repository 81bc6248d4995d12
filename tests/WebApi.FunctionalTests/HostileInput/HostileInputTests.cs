using System.Text;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>
/// Every hostile value in every field of every operation, and whole bodies, paths and requests likewise, is either refused as the contract
/// has it, and then nothing is stored, or taken, and then the right thing is stored. Operations and fields are those of the served OpenAPI
/// document, so that the next one is tested too.
/// </summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class HostileInputTests(StoreKind store)
{
    /// <summary>Fields that no answer has: they are for the history, or tell which events are meant.</summary>
    private static readonly string[] Unanswered = ["by", "from", "to"];

    /// <summary>What differs from one issue, or one message, to the next.</summary>
    private static readonly string[] Varying = ["_id", "issueId", "createdAt", "updatedAt", "discussion", "created_at", "__v"];

    [Test]
    public Task Refuses_or_takes_each_value_in_each_field_as_the_table_says() => EachAsync(
        operation => operation is { TakesBody: true, HasTableOfItsOwn: false },
        async (target, operation) =>
        {
            foreach (var field in BodyField.Of(operation))
            {
                // Seen before the values, so that nothing that one of them leaves behind is taken for it.
                var without = field.MissingAs is null
                    ? await target.TakesAsync(operation, new HostileBody($"without {field}", _ => Utf8(field.Without), null))
                    : null;
                foreach (var value in HostileValue.All.Where(value => value.Json(field) is not null))
                {
                    await CheckAsync(target, operation, field, value, StoredOf(operation, field, without));
                }
            }
        });

    [Test]
    public Task Refuses_or_takes_each_body_as_the_table_says() => EachAsync(
        operation => operation is { TakesBody: true, HasTableOfItsOwn: false },
        async (target, operation) =>
        {
            foreach (var body in HostileBody.All.Where(body => IsSent(body.Code) && (!body.AddsKeys || !operation.RefusesUnknownKeys)))
            {
                await (body.Code is { } code
                    ? target.RefusesAsync(operation, target.Request(operation, body), code, body.Name)
                    : target.TakesAsync(operation, body));
            }
        });

    private static bool IsRoot(string path) => new Uri(new Uri("http://localhost"), path).AbsolutePath == "/";

    [Test]
    public Task Finds_nothing_at_odd_paths() => EachAsync(
        operation => operation.HasPathParameter && !operation.MakesWhatIsNamed,
        async (target, operation) =>
        {
            // Without the odd segment a path may be another operation's, or the root, which leads to Swagger UI.
            foreach (var path in HostilePath.All.Where(path =>
                path.Code is null
                || !(IsRoot(operation.PathTo(path.Segment)) || target.Operations.Any(other => other.IsAt(operation.PathTo(path.Segment))))))
            {
                var request = target.Request(operation, operation.PathTo(path.Segment));
                await target.RefusesAsync(operation, request, path.Code ?? operation.CodeOf(404), path.Segment);
            }
        });

    [Test]
    public Task Refuses_odd_values_of_query_parameters() => EachAsync(
        operation => operation.QueryParameters.Any(),
        async (target, operation) =>
        {
            var values = HostilePath.QueryValues.ToList();
            foreach (var (name, value) in operation.QueryParameters.SelectMany(_ => values, (name, value) => (name, value)))
            {
                var path = $"{operation.PathTo(operation.Name)}?{operation.RequiredQuery}{name}={value}";
                if (operation.IsList(name))
                {
                    await target.FindsOnlyAsync(operation, target.Request(operation, path), name, value);
                    continue;
                }

                if (IsSent("validation_failed"))
                {
                    var request = target.Request(operation, $"{path}&{name}=x");
                    await target.RefusesAsync(operation, request, "validation_failed", $"{name}={value}", [name]);
                }
            }
        });

    [Test]
    public Task Refuses_query_parameters_that_it_does_not_know() => EachAsync(
        _ => true,
        async (target, operation) =>
        {
            var path = $"{operation.PathTo(operation.Name)}?{operation.RequiredQuery}";
            foreach (var name in new[] { "issue_id", "id", "issueId[]", "issueId[0]", "IssueId", "nosuch", "$where", "__" })
            {
                await target.RefusesAsync(operation, target.Request(operation, $"{path}{name}=1600001"), "validation_failed", name, [name]);
            }
        });

    [Test]
    public Task Refuses_requests_that_are_none_as_the_table_says() => EachAsync(
        _ => true,
        async (target, operation) =>
        {
            foreach (var head in HostileHead.All.Where(head => head.IsFor(operation)))
            {
                await target.RefusesAsync(operation, head);
            }
        });

    /// <summary>What is refused doesn't come as far as the store: one store is enough for it.</summary>
    private bool IsSent(string? code) => code is null || store == StoreKind.Sqlite;

    private async Task CheckAsync(
        HostileTarget target, DescribedOperation operation, BodyField field, HostileValue value, JsonNode? without)
    {
        var outcome = value.Outcomes[field.Kind].Of(field);
        if (!IsSent(outcome.Code))
        {
            return;
        }

        var body = new HostileBody($"{value} as {field}", _ => field.With(value.Json(field)), outcome.Code);
        if (outcome.Code is { } code)
        {
            await target.RefusesAsync(operation, target.Request(operation, body), code, body.Name, outcome.Errors);
            return;
        }

        var taken = StoredOf(operation, field, await target.TakesAsync(operation, body));
        var expected = outcome.Stored is { } stored && !operation.IsOfMany && !Unanswered.Contains(field.Name) ? JsonNode.Parse(stored) : without;
        Assert.That(taken?.ToJsonString(), Is.EqualTo(expected?.ToJsonString()), $"{body} of {operation}");
    }

    /// <summary>What is in the field now; for ignored keys, all that they could have changed.</summary>
    private static JsonNode? StoredOf(DescribedOperation operation, BodyField field, Answer? answer)
    {
        if (answer is null || operation.IsOfMany || Unanswered.Contains(field.Name))
        {
            return null;
        }

        var message = answer.Data["discussion"]?.AsArray().LastOrDefault()?.AsObject() ?? [];
        if (field.Kind == FieldKind.Ignored)
        {
            var all = answer.Data.Concat(message).Where(member => !Varying.Contains(member.Key));
            return new JsonArray([.. all.Select(member => member.Value?.DeepClone())]);
        }

        // What isn't in the issue itself is in its last message, where "username" has become "userName".
        return operation.AnsweredFields.ContainsKey(field.Path.Split('.', '[')[0])
            ? field.Path.Split('.', '[').Aggregate<string, JsonNode?>(
                answer.Data, (node, step) => step.EndsWith(']') ? node![int.Parse(step[..^1], null)] : node![step])
            : message.First(member => member.Key.Equals(field.Path, StringComparison.OrdinalIgnoreCase)).Value;
    }

    private static byte[] Utf8(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    /// <summary>For each of these operations, on a service of the test's own. All that is wrong is told, not only the first.</summary>
    private async Task EachAsync(Func<DescribedOperation, bool> isMeant, Func<HostileTarget, DescribedOperation, Task> check)
    {
        using var target = await HostileTarget.StartAsync(store);
        var operations = target.Operations.Where(isMeant).ToList();
        Assert.That(operations, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
        {
            foreach (var operation in operations)
            {
                await check(target, operation);
            }
        }

        await target.StoredNothingElseAsync();
    }
}
