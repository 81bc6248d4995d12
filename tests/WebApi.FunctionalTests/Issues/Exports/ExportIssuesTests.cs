using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Exports;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class ExportIssuesTests(StoreKind store) : ExportFixture(store)
{
    [Test]
    public async Task Writes_each_issue_on_a_line_as_it_is_read_one_by_one()
    {
        await Api.CreateAsync(Export.FullIssue());
        await Api.CreateAsync(Api.Minimal());
        var read = new[] { (await Api.GetAsync("/api/order-issue/1600002")).Text, (await Api.GetAsync("/api/order-issue/1600001")).Text };

        var text = (await Export.GetAsync(Api, Export.Ndjson)).Text;

        Assert.That(text, Does.EndWith("}\n"));
        Assert.That(text[..^1].Split('\n').Select(line => $$"""{"ok":true,"data":{{line}}}"""), Is.EqualTo(read));
    }

    [TestCase("", "3,2,1")]
    [TestCase("&OrderId=A-1", "3,1")]
    [TestCase("&OrderId=A-1&OrderId=A-0", "3,2,1")]
    [TestCase("&status=open&OrderId=A-1&createdFrom=2025-11-21", "3")]
    [TestCase("&status=done", "")]
    public async Task Exports_what_is_asked_for(string filters, string numbers)
    {
        for (var i = 1; i <= 3; i++)
        {
            await Api.CreateAsync(Api.Minimal($"A-{i % 2}"));
            Time.Advance(TimeSpan.FromDays(1));
        }

        var expected = numbers.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => $"160000{number}").ToList();

        Assert.That((await Export.TableAsync(Api, filters)).Rows.Select(row => row["issueId"]), Is.EqualTo(expected));
        Assert.That((await Export.GetAsync(Api, Export.Ndjson + filters)).Issues.Select(issue => (string?)issue!["issueId"]), Is.EqualTo(expected));
        using var workbook = await Workbook.GetAsync(Api, filters);
        Assert.That(workbook.Rows.Select(row => row["issueId"]), Is.EqualTo(expected));
    }

    [Test]
    public async Task Exports_each_issue_once_however_many_there_are_and_none_that_comes_meanwhile()
    {
        await Parallel.ForAsync(0, 1_100, async (i, _) => (await Api.CreateAsync(Export.FullIssue($"A-{i}"))).Succeeded(HttpStatusCode.Created));
        var expected = Enumerable.Range(1_600_001, 1_100).Select(number => $"{number}").ToList();
        using var download = await SlowDownload.StartAsync(Api, Export.Ndjson);
        await Api.CreateAsync(Export.FullIssue());

        var meanwhile = (await download.Content.ReadAsStringAsync()).Split('\n')[..^1].Select(line => (string)JsonNode.Parse(line)!["issueId"]!);
        var after = (await Export.TableAsync(Api)).Rows.Select(row => row["issueId"]);
        using var workbook = await Workbook.GetAsync(Api);

        Assert.That(meanwhile, Is.EquivalentTo(expected));
        Assert.That(after, Is.EquivalentTo(expected.Append("1601101")));
        Assert.That(workbook.Rows.Select(row => row["issueId"]), Is.EqualTo(after));
    }

    [TestCase(Export.Csv, "text/csv; charset=utf-8; header=present", "csv")]
    [TestCase(Export.Ndjson, "application/x-ndjson", "ndjson")]
    [TestCase(Export.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")]
    public async Task Tells_what_the_file_is_and_its_name(string path, string contentType, string extension)
    {
        await Api.CreateAsync(Api.Minimal());
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            var answer = await Api.SendAsync(new HttpRequestMessage(method, path));

            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.ContentHeaders.ContentType?.ToString(), Is.EqualTo(contentType));
            Assert.That(answer.ContentHeaders.ContentDisposition?.ToString(), Is.EqualTo($"attachment; filename=\"order-issues-20251120T100000Z.{extension}\""));
            Assert.That(answer.Text.Length > 0, Is.EqualTo(method == HttpMethod.Get));
        }
    }

    [Test]
    public async Task Has_a_header_row_also_when_there_is_no_issue()
    {
        using var client = new HttpClient { BaseAddress = Api.Address };

        Assert.That(Encoding.Latin1.GetString(await client.GetByteArrayAsync(Export.Csv)), Does.Match("^_id,[A-Za-z_,]+,mergedInto\r\n$"), "and no byte order mark");
        Assert.That(await client.GetByteArrayAsync(Export.Ndjson), Is.Empty);
    }

    [TestCase(Export.Csv)]
    [TestCase(Export.Ndjson)]
    public async Task Comes_compressed_for_those_who_take_it_so(string path)
    {
        await Parallel.ForAsync(0, 20, async (_, _) => await Api.CreateAsync(Export.FullIssue()));
        using var client = new HttpClient { BaseAddress = Api.Address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");

        using var response = await client.GetAsync(path);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
        Assert.That(head.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
        using var plain = new StreamReader(new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        Assert.That(await plain.ReadToEndAsync(), Is.EqualTo((await Export.GetAsync(Api, path)).Text));
    }

    [Test]
    public async Task A_workbook_is_not_compressed_again()
    {
        using var client = new HttpClient { BaseAddress = Api.Address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");

        using var response = await client.GetAsync(Export.Xlsx);

        Assert.That(response.Content.Headers.ContentEncoding, Is.Empty);
        using var workbook = new Workbook(await response.Content.ReadAsStreamAsync());
        Assert.That(workbook.Rows, Is.Empty);
    }

    [TestCase("", "format: is required")]
    [TestCase("?format=", "format: is required")]
    [TestCase("?format=xls", "format: must be csv, ndjson or xlsx")]
    [TestCase("?format=CSV", "format: must be csv, ndjson or xlsx")]
    [TestCase("?format=csv&format=csv", "format: must be given once")]
    [TestCase("?format=csv&sort=createdAt", "sort: isn't a parameter of this operation")]
    [TestCase("?format=csv&limit=1", "limit: isn't a parameter of this operation")]
    [TestCase("?format=csv&createdFrom=yesterday", "createdFrom: must be an ISO 8601 date or date-time between the years 2000 and 2100")]
    [TestCase("?createdTo=x", "createdTo: must be an ISO 8601 date or date-time between the years 2000 and 2100", "format: is required")]
    public async Task Names_what_is_wrong_with_a_query(string query, params string[] errors)
    {
        var answer = (await Api.GetAsync(Export.Path + query)).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(answer.Body["errors"]!.AsObject().Select(field => $"{field.Key}: {field.Value!.AsArray().Single()}"), Is.EquivalentTo(errors));
        Assert.That((await Api.SendAsync(new HttpRequestMessage(HttpMethod.Head, Export.Path + query))).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
