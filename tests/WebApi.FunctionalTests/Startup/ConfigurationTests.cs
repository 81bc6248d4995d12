using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using OrderIssues.Application.Common.Configuration;
using OrderIssues.Application.Common.Errors;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Startup;

/// <summary>What a configuration is refused for, without a process for each.</summary>
public sealed class ConfigurationTests
{
    private const string Hook = "Webhooks:0:Url=https://x.example/path?token=secret";
    private const string HookSecret = "Webhooks:0:Secret=whsec_bm90IGEgc2VjcmV0IG9mIGFueWJvZHkh";

    private static readonly string[] Shop =
    [
        "TikTokShop:AppKey=29a39d", "TikTokShop:AppSecret=e59af819cc", "TikTokShop:AccessToken=access", "TikTokShop:RefreshToken=refresh",
        "TikTokShop:ShopCipher=cipher",
    ];

    [TestCase("Nobody may call: set Auth:ApiKeys, or Auth:Jwt:Authority and Auth:Jwt:Audience, or Auth:AllowAnonymous to true")]
    [TestCase("Nobody may call", "Auth:AllowAnonymous=false")]
    [TestCase("Auth:AllowAnonymous must be true or false", "Auth:AllowAnonymous=yes")]
    [TestCase("Auth:ApiKeys:0:Name must be a text", "Auth:ApiKeys:0:Key=secret-secret-secret", "Auth:ApiKeys:0:Scopes=issues:read")]
    [TestCase("Auth:ApiKeys:0:Scopes must be", "Auth:ApiKeys:0:Key=secret-secret-secret", "Auth:ApiKeys:0:Name=app")]
    [TestCase(
        "Auth:ApiKeys:0:Scopes must be",
        "Auth:ApiKeys:0:Key=secret-secret-secret", "Auth:ApiKeys:0:Name=app", "Auth:ApiKeys:0:Scopes=issues:all")]
    [TestCase("Auth:ApiKeys:0 must have either Key or KeySha256", "Auth:ApiKeys:0:Name=app", "Auth:ApiKeys:0:Scopes=issues:read")]
    [TestCase(
        "Auth:ApiKeys:0:Key must have at least 16 characters",
        "Auth:ApiKeys:0:Name=app", "Auth:ApiKeys:0:Scopes=issues:read", "Auth:ApiKeys:0:Key=secret")]
    [TestCase(
        "Auth:ApiKeys:0:KeySha256 must be 64 hexadecimal digits",
        "Auth:ApiKeys:0:Name=app", "Auth:ApiKeys:0:Scopes=issues:read", "Auth:ApiKeys:0:KeySha256=secret")]
    [TestCase(
        "Auth:ApiKeys:0:Scopes must be",
        "Auth:ApiKeys:0:Name=app", "Auth:ApiKeys:0:Scopes=issues:read", "Auth:ApiKeys:0:Scopes:0=issues:write",
        "Auth:ApiKeys:0:Key=secret-secret-secret")]
    [TestCase(
        "Auth:ApiKeys: a key is there twice",
        "Auth:ApiKeys:0:Name=app", "Auth:ApiKeys:0:Scopes=issues:read", "Auth:ApiKeys:0:Key=secret-secret-secret",
        "Auth:ApiKeys:1:Name=two", "Auth:ApiKeys:1:Scopes=issues:read", "Auth:ApiKeys:1:Key=secret-secret-secret")]
    [TestCase(
        "Auth:ApiKeys:0:Key has a line end",
        "Auth:ApiKeys:0:Name=app", "Auth:ApiKeys:0:Scopes=issues:read", "Auth:ApiKeys:0:Key=secret-secret\nsecret-secret")]
    [TestCase(
        "Auth:ApiKeys:0:Key has a line end",
        "Auth:ApiKeys:0:Name=app", "Auth:ApiKeys:0:Scopes=issues:read", "Auth:ApiKeys:0:Key=secret-secret-señal")]
    [TestCase("Auth:Jwt:Audience is missing", "Auth:Jwt:Authority=https://login.example.com")]
    [TestCase("Auth:Jwt:Authority is missing", "Auth:Jwt:Audience=order-issues")]
    [TestCase(
        "Auth:Jwt:Authority must be an https address",
        "Auth:Jwt:Audience=order-issues", "Auth:Jwt:Authority=http://login.example.com")]
    [TestCase(
        "Auth:Jwt:Authority must be an https address",
        "Auth:Jwt:Audience=order-issues", "Auth:Jwt:Authority=https://a:secret@login.example.com")]
    [TestCase("Console:Oidc:ClientId needs Auth:Jwt:Authority", "Auth:AllowAnonymous=true", "ConnectionStrings:Sqlite=Data Source=issues.db", "Console:Oidc:ClientId=console")]
    [TestCase("ConnectionStrings:MongoDb or ConnectionStrings:Sqlite must be set", "Auth:AllowAnonymous=true")]
    [TestCase(
        "ConnectionStrings:MongoDb or ConnectionStrings:Sqlite must be set",
        "Auth:AllowAnonymous=true", "ConnectionStrings:SqLight=Data Source=x.db")]
    [TestCase(
        "MongoDb:IssuesCollection: 'a$b'",
        "ConnectionStrings:MongoDb=mongodb://h", "MongoDb:IssuesCollection=a$b", "Auth:AllowAnonymous=true")]
    [TestCase(
        "MongoDb:CountersCollection: '.x'",
        "ConnectionStrings:MongoDb=mongodb://h", "MongoDb:CountersCollection=.x", "Auth:AllowAnonymous=true")]
    [TestCase(
        "MongoDb:IssuesCollection and MongoDb:CountersCollection must differ",
        "ConnectionStrings:MongoDb=mongodb://h", "MongoDb:CountersCollection=orderissues", "Auth:AllowAnonymous=true")]
    [TestCase(
        "MongoDb:IssuesCollection and MongoDb:CountersCollection must differ",
        "ConnectionStrings:MongoDb=mongodb://h", "MongoDb:IssuesCollection=issueids", "Auth:AllowAnonymous=true")]
    [TestCase("ConnectionStrings:MongoDb: 'admin' can't be", "ConnectionStrings:MongoDb=mongodb://h/admin", "Auth:AllowAnonymous=true")]
    [TestCase(
        "MongoDb:IssuesCollection: 'records' is a collection that this service keeps other things in",
        "ConnectionStrings:MongoDb=mongodb://h", "MongoDb:IssuesCollection=records", "Auth:AllowAnonymous=true")]
    [TestCase(
        "MongoDb:CountersCollection: 'idempotencykeys' is",
        "ConnectionStrings:MongoDb=mongodb://h", "MongoDb:CountersCollection=idempotencykeys", "Auth:AllowAnonymous=true")]
    [TestCase(
        "ConnectionStrings:MongoDb: 'a b' can't be a database's name", "ConnectionStrings:MongoDb=mongodb://h/a%20b", "Auth:AllowAnonymous=true")]
    [TestCase(
        "ConnectionStrings:MongoDb: 'aaaaaaaaaaaaaaaa",
        "ConnectionStrings:MongoDb=mongodb://h/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Auth:AllowAnonymous=true")]
    public void Refuses_to_start_in_Production(string line, params string[] settings) => AssertRefused("Production", line, settings);

    [TestCase("Nobody may call", "Auth:AllowAnonymous=false")]
    [TestCase("ConnectionStrings:Sqlite must name a file", "ConnectionStrings:Sqlite=Data Source=:memory:")]
    [TestCase("ConnectionStrings:Sqlite must name a file", "ConnectionStrings:Sqlite=Data Source=file:x?mode=memory")]
    [TestCase(
        "Logging:Console:FormatterOptions:TimestampFormat isn't a format", "Logging:Console:FormatterOptions:TimestampFormat=%%%qq\"")]
    [TestCase("ConnectionStrings:Sqlite isn't a connection string", "ConnectionStrings:Sqlite=secret")]
    [TestCase("ConnectionStrings:Sqlite: Password", "ConnectionStrings:Sqlite=Data Source=x.db;Password=secret")]
    [TestCase("ConnectionStrings:Sqlite: Mode", "ConnectionStrings:Sqlite=Data Source=x.db;Mode=ReadOnly")]
    [TestCase("ConnectionStrings:Sqlite: Default Timeout", "ConnectionStrings:Sqlite=Data Source=x.db;Default Timeout=3000000")]
    [TestCase("ConnectionStrings:MongoDb isn't a MongoDB URI", "ConnectionStrings:MongoDb=mongodb://user:secret@")]
    [TestCase("ConnectionStrings:MongoDb isn't a MongoDB URI", "ConnectionStrings:MongoDb=secret")]
    [TestCase("ConnectionStrings:MongoDb isn't a MongoDB URI", "ConnectionStrings:MongoDb=mongodb://h/?authMechanism=secret")]
    [TestCase("Freshdesk:ApiKey is missing", "Freshdesk:BaseUrl=https://acme.freshdesk.com")]
    [TestCase("Freshdesk:BaseUrl is missing", "Freshdesk:ApiKey=secret")]
    [TestCase("Freshdesk:BaseUrl must be an https address", "Freshdesk:ApiKey=secret", "Freshdesk:BaseUrl=acme")]
    [TestCase("Freshdesk:BaseUrl must be an https address", "Freshdesk:ApiKey=secret", "Freshdesk:BaseUrl=http://acme.freshdesk.com")]
    [TestCase(
        "Freshdesk:BaseUrl must be an https address",
        "Freshdesk:ApiKey=secret", "Freshdesk:BaseUrl=https://a:secret@acme.freshdesk.com")]
    [TestCase(
        "Freshdesk:BaseUrl must be an https address",
        "Freshdesk:ApiKey=secret", "Freshdesk:BaseUrl=https://acme.freshdesk.com/api/v2/")]
    [TestCase(
        "Freshdesk:ApiKey has a line end", "Freshdesk:ApiKey=sec\nret", "Freshdesk:BaseUrl=https://acme.freshdesk.com")]
    [TestCase("TikTokShop:AppKey is missing", "TikTokShop:BaseUrl=https://open-api.tiktokglobalshop.com")]
    [TestCase("Freshdesk:OrderIdPatterns:0 is empty.", "Freshdesk:OrderIdPatterns:0=")]
    [TestCase("Freshdesk:OrderIdPatterns:1 is empty.", "Freshdesk:OrderIdPatterns:0=#[0-9]+", "Freshdesk:OrderIdPatterns:1= ")]
    [TestCase(
        "Freshdesk:OrderIdPatterns:0 isn't a regular expression of .NET's: InsufficientClosingParentheses at character 7.",
        "Freshdesk:OrderIdPatterns:0=(secret")]
    [TestCase("Freshdesk:OrderIdPatterns:0 needs backtracking", "Freshdesk:OrderIdPatterns:0=(?<=secret)[0-9]+")]
    [TestCase("Freshdesk:OrderIdPatterns:0 needs backtracking", "Freshdesk:OrderIdPatterns:0=([0-9])\\1")]
    [TestCase("Freshdesk:OrderIdPatterns must be a list: Freshdesk:OrderIdPatterns:0", "Freshdesk:OrderIdPatterns=secret")]
    [TestCase("Freshdesk:RateLimitFloor must be a whole number", "Freshdesk:RateLimitFloor=-1")]
    [TestCase("Freshdesk:RateLimitFloor must be a whole number", "Freshdesk:RateLimitFloor=10.0")]
    [TestCase("Freshdesk:RateLimitFloor must be a whole number", "Freshdesk:RateLimitFloor=ten")]
    [TestCase("Freshdesk:RateLimitFloor must be a whole number", "Freshdesk:RateLimitFloor=2147483648")]
    [TestCase("RateLimit:PermitsPerMinute must be a number from 1 to 1000000, or 0", "RateLimit:PermitsPerMinute=-1")]
    [TestCase("RateLimit:PermitsPerMinute must be a number from 1 to 1000000, or 0", "RateLimit:PermitsPerMinute=6e3")]
    [TestCase("RateLimit:PermitsPerMinute must be a number from 1 to 1000000, or 0", "RateLimit:PermitsPerMinute=1000001")]
    [TestCase("RateLimit:PermitsPerMinute must be a number from 1 to 1000000, or 0", "RateLimit:PermitsPerMinute=no")]
    [TestCase("Cors:Origins: '*' isn't an origin", "Cors:Origins=*")]
    [TestCase("Cors:Origins: 'https://*.example.com' isn't an origin", "Cors:Origins=https://*.example.com")]
    [TestCase("Cors:Origins: 'https://app.example.com/' isn't an origin", "Cors:Origins=https://app.example.com/")]
    [TestCase("Cors:Origins: 'https://app.example.com/path' isn't an origin", "Cors:Origins=https://app.example.com/path")]
    [TestCase("Cors:Origins: 'app.example.com' isn't an origin", "Cors:Origins=app.example.com")]
    [TestCase("Cors:Origins: 'https://app.example.com:443' isn't an origin", "Cors:Origins=https://app.example.com:443")]
    [TestCase("Cors:Origins: 'null' isn't an origin", "Cors:Origins=null")]
    [TestCase("Cors:Origins: 'ftp://app.example.com' isn't an origin", "Cors:Origins=ftp://app.example.com")]
    [TestCase("Cors:Origins: one with a user in it isn't an origin", "Cors:Origins=https://a:secret@app.example.com")]
    [TestCase("Cors:Origins: 'x' isn't an origin", "Cors:Origins:0=https://app.example.com", "Cors:Origins:1=x")]
    [TestCase("ASPNETCORE_URLS: 'nonsense'", "urls=nonsense")]
    [TestCase("ASPNETCORE_URLS: 'http://127.0.0.1:99999'", "urls=http://127.0.0.1:99999")]
    [TestCase("ASPNETCORE_URLS: 'http://127.0.0.1:6111x'", "urls=http://127.0.0.1:6111x")]
    [TestCase("ASPNETCORE_URLS: 'http://127.0.0.300:6111'", "urls=http://127.0.0.1:0;http://127.0.0.300:6111")]
    [TestCase("ASPNETCORE_URLS: 'http://nohost.invalid:6111'", "urls=http://nohost.invalid:6111")]
    [TestCase("ASPNETCORE_URLS: 'http://127.0.0.1:'", "urls=http://127.0.0.1:")]
    [TestCase("ASPNETCORE_URLS: 'http://[::1:6111'", "urls=http://[::1:6111")]
    [TestCase("ASPNETCORE_URLS: 'http://:6111'", "urls=http://:6111")]
    [TestCase("ASPNETCORE_URLS: '127.0.0.1:6111'", "urls=127.0.0.1:6111")]
    [TestCase("ASPNETCORE_URLS: 'ftp://127.0.0.1:6111'", "urls=ftp://127.0.0.1:6111")]
    [TestCase("ASPNETCORE_URLS: 'http://localhost:6111/issues'", "urls=http://localhost:6111/issues")]
    [TestCase("ASPNETCORE_HTTP_PORTS: '6111x'", "http_ports=6111x")]
    [TestCase("ASPNETCORE_HTTP_PORTS: '99999'", "http_ports=6111;99999")]
    [TestCase("ASPNETCORE_HTTPS_PORTS: '-1'", "https_ports=-1")]
    [TestCase("Kestrel:Endpoints:A:Url: 'http://nohost.invalid:6111'", "Kestrel:Endpoints:A:Url=http://nohost.invalid:6111")]
    [TestCase("Kestrel:Endpoints:A:Url: ''", "Kestrel:Endpoints:A:Protocols=Http1")]
    [TestCase(
        "Kestrel:Endpoints:A:Protocols must be one of", "Kestrel:Endpoints:A:Url=http://127.0.0.1:0", "Kestrel:Endpoints:A:Protocols=Http9")]
    [TestCase("Kestrel:EndpointDefaults:ClientCertificateMode must be", "Kestrel:EndpointDefaults:ClientCertificateMode=Maybe")]
    [TestCase("Logging:LogLevel:Default must be one of", "Logging:LogLevel:Default=Bogus")]
    [TestCase("Logging:LogLevel:OrderIssues must be one of", "Logging:LogLevel:OrderIssues=7")]
    [TestCase("Logging:Console:LogLevel:Default must be one of", "Logging:Console:LogLevel:Default=Verbose")]
    [TestCase("PathBase must be a path such as /order-issues", "PathBase=order-issues")]
    [TestCase("PathBase must be a path such as /order-issues", "PathBase=/order-issues/")]
    [TestCase("PathBase must be a path such as /order-issues", "PathBase=/a/../b")]
    [TestCase("PathBase must be a path such as /order-issues", "PathBase=/order%20issues")]
    [TestCase("PathBase must be a path such as /order-issues", "PathBase=/api")]
    [TestCase("PathBase must be a path such as /order-issues", "PathBase=/Health/b")]
    [TestCase("ForwardedHeaders:KnownProxies: 'proxy'", "ForwardedHeaders:KnownProxies=proxy")]
    [TestCase("ForwardedHeaders:KnownProxies: '10.0.0.0/33'", "ForwardedHeaders:KnownProxies:0=10.0.0.1", "ForwardedHeaders:KnownProxies:1=10.0.0.0/33")]
    [TestCase("ASPNETCORE_SHUTDOWNTIMEOUTSECONDS must be 1 to 600 seconds", "shutdownTimeoutSeconds=soon")]
    [TestCase("ASPNETCORE_SHUTDOWNTIMEOUTSECONDS must be 1 to 600 seconds", "shutdownTimeoutSeconds=0")]
    [TestCase("AllowedHosts: 'x y' isn't a host", "AllowedHosts=x y")]
    [TestCase("AllowedHosts: 'b.example.com:5080' isn't a host", "AllowedHosts=a.example.com;b.example.com:5080")]
    [TestCase("AllowedHosts: 'https://a.example.com' isn't a host", "AllowedHosts=https://a.example.com")]
    [TestCase("AllowedHosts: 'a.example.com,b.example.com' isn't a host", "AllowedHosts=a.example.com,b.example.com")]
    [TestCase("AllowedHosts: ' b' isn't a host", "AllowedHosts=a; b")]
    [TestCase("AllowedHosts: '::1' isn't a host", "AllowedHosts=::1")]
    [TestCase("AllowedHosts: '*.*' isn't a host", "AllowedHosts=*.*")]
    [TestCase("Kestrel:Limits can't be set", "Kestrel:Limits:MaxRequestBodySize=many")]
    [TestCase("Kestrel:Limits can't be set", "Kestrel:Limits:MaxConcurrentConnections=100")]
    [TestCase("Kestrel:AddServerHeader can't be set", "Kestrel:AddServerHeader=true")]
    [TestCase("Kestrel:EndpointDefaults:SslProtocols:0 must be", "Kestrel:EndpointDefaults:SslProtocols:0=Tls99")]
    [TestCase("Logging:Console:FormatterName must be one of simple, systemd, json", "Logging:Console:FormatterName=nosuch")]
    [TestCase("Logging:Console has a value", "Logging:Console:MaxQueueLength=many")]
    [TestCase("Logging:Console has a value", "Logging:Console:MaxQueueLength=-1")]
    [TestCase("Logging:Console has a value", "Logging:Console:LogToStandardErrorThreshold=Loud")]
    [TestCase("Logging:Console:FormatterOptions has a value", "Logging:Console:FormatterOptions:UseUtcTimestamp=maybe")]
    [TestCase("Logging:Console:FormatterOptions has a value", "Logging:Console:FormatterOptions:ColorBehavior=Pink")]
    [TestCase("Logging:Console:FormatterOptions has a value", "Logging:Console:FormatterOptions:JsonWriterOptions:Indented=maybe")]
    [TestCase("Issues:Statuses and Issues:ResolvedStatuses: 'open' can't be resolved", "Issues:ResolvedStatuses=done,Open")]
    [TestCase("Issues:Statuses and Issues:ResolvedStatuses: 'open' can't be resolved", "Issues:Statuses=open,done", "Issues:ResolvedStatuses:0=open")]
    [TestCase("Issues:Statuses", "Issues:Statuses=open,done,a!b")]
    [TestCase("Issues:Statuses", "Issues:Statuses=new,done")]
    [TestCase(
        "Issues:Statuses and Issues:ResolvedStatuses: the status 'refunded'",
        "Issues:Statuses=open,done", "Issues:ResolvedStatuses=refunded")]
    public void Refuses_to_start_in_Development(string line, params string[] settings) => AssertRefused("Development", line, settings);

    [TestCase("http://localhost:5080")]
    [TestCase("http://localhost:5080", "urls= ")]
    [TestCase("http://LOCALHOST:6111", "urls=http://LOCALHOST:6111")]
    [TestCase("http://[::1]:6111;http://+:6112", "urls=http://[::1]:6111;http://+:6112")]
    [TestCase("http://unix:/run/service.sock", "urls=http://unix:/run/service.sock")]
    [TestCase(null, "http_ports=6111")]
    [TestCase(null, "Kestrel:Endpoints:A:Url=http://127.0.0.1:6111")]
    public void Listens_where_it_is_told_to(string? urls, params string[] settings) =>
        Assert.That(Compose("Development", settings).Configuration["urls"], Is.EqualTo(urls));

    [TestCase("TikTokShop:AppKey is missing", "TikTokShop:AppKey=")]
    [TestCase("TikTokShop:AppSecret is missing", "TikTokShop:AppSecret=")]
    [TestCase("TikTokShop:AccessToken is missing", "TikTokShop:AccessToken=")]
    [TestCase("TikTokShop:RefreshToken is missing", "TikTokShop:RefreshToken=")]
    [TestCase("TikTokShop:ShopCipher is missing", "TikTokShop:ShopCipher=")]
    [TestCase(
        "TikTokShop:AccessToken is missing beside other keys of TikTokShop, or has other characters",
        "TikTokShop:AccessToken=ac cess")]
    [TestCase("TikTokShop:BaseUrl must be an https address without a path", "TikTokShop:BaseUrl=http://open-api.tiktokglobalshop.com")]
    [TestCase("TikTokShop:BaseUrl must be an https address without a path", "TikTokShop:BaseUrl=https://open-api.tiktokglobalshop.com/api")]
    [TestCase(
        "TikTokShop:BaseUrl must be an https address without a path",
        "TikTokShop:BaseUrl=https://a:secret@open-api.tiktokglobalshop.com")]
    [TestCase("TikTokShop:AuthBaseUrl must be an https address without a path", "TikTokShop:AuthBaseUrl=auth")]
    [TestCase(
        "TikTokShop:AuthBaseUrl must be an https address without a path",
        "TikTokShop:AuthBaseUrl=https://auth.tiktok-shops.com/?app_secret=secret")]
    public void Refuses_a_shop_that_lacks_something(string line, params string[] changes) =>
        AssertRefused("Development", line, [.. Shop, .. changes]);

    [TestCase("Freshdesk:BaseUrl must be an https address", "Freshdesk:ApiKey=secret", "Freshdesk:BaseUrl=https://se cret")]
    [TestCase("Freshdesk:RateLimitFloor must be a whole number", "Freshdesk:RateLimitFloor=secret")]
    [TestCase("Freshdesk:OrderIdPatterns:7 is empty.", "Freshdesk:OrderIdPatterns:2=#[0-9]+", "Freshdesk:OrderIdPatterns:7=")]
    [TestCase("Freshdesk:OrderIdPatterns:10 is empty.", "Freshdesk:OrderIdPatterns:10=", "Freshdesk:OrderIdPatterns:9=#[0-9]+")]
    [TestCase("RateLimit:PermitsPerMinute must be a number", "RateLimit:PermitsPerMinute=secret")]
    [TestCase("Auth:AllowAnonymous must be true or false.", "Auth:AllowAnonymous=secret")]
    [TestCase("Auth:Jwt:Authority must be an https address.", "Auth:Jwt:Authority=https://se cret", "Auth:Jwt:Audience=secret")]
    [TestCase("Auth:ApiKeys:4:Name must be a text", "Auth:ApiKeys:4:Key=secret-secret-secret", "Auth:ApiKeys:4:Scopes=issues:read")]
    [TestCase("Auth:ApiKeys:0 has no key that is read.", "Auth:ApiKeys:0=secret")]
    [TestCase("Webhooks:0:Name must be 1 to 64 letters", "Webhooks:0:Name=a secret", Hook, HookSecret)]
    [TestCase("Webhooks:0:Name must be 1 to 64 letters", "Webhooks:0:Name=..", Hook, HookSecret)]
    [TestCase("Webhooks:0:Name must be 1 to 64 letters", Hook, HookSecret)]
    [TestCase("Webhooks:0:Url is missing.", "Webhooks:0:Name=erp", HookSecret)]
    [TestCase("Webhooks:0:Url must be an https address", "Webhooks:0:Name=erp", "Webhooks:0:Url=secret", HookSecret)]
    [TestCase("Webhooks:0:Url must be an https address", "Webhooks:0:Name=erp", "Webhooks:0:Url=https://a:secret@x.example", HookSecret)]
    [TestCase("Webhooks:0:Url must be an https address", "Webhooks:0:Name=erp", "Webhooks:0:Url=http://x.example/secret", HookSecret)]
    [TestCase("Webhooks:0:Url must be a public https address", "Webhooks:0:Name=erp", "Webhooks:0:Url=https://10.0.0.1", HookSecret)]
    [TestCase(
        "Webhooks:0:Url must not be a link-local address",
        "Webhooks:AllowedHosts=169.254.169.254", "Webhooks:0:Name=erp", "Webhooks:0:Url=http://169.254.169.254/", HookSecret)]
    [TestCase("Webhooks:0:Secret must be whsec_", "Webhooks:0:Name=erp", Hook)]
    [TestCase("Webhooks:0:Secret must be whsec_", "Webhooks:0:Name=erp", Hook, "Webhooks:0:Secret=secretsecretsecretsecretsecretsec")]
    [TestCase("Webhooks:0:Secret must be whsec_", "Webhooks:0:Name=erp", Hook, "Webhooks:0:Secret=whsec_secret")]
    [TestCase("Webhooks:0:Secret must be whsec_", "Webhooks:0:Name=erp", Hook, HookSecret + " whsec_secret")]
    [TestCase(
        "Webhooks:0:Types must be some of order_issue.created,",
        "Webhooks:0:Name=erp", Hook, HookSecret, "Webhooks:0:Types=order_issue.secret")]
    [TestCase(
        "Webhooks: the name 'ERP' is there twice.",
        "Webhooks:0:Name=ERP", Hook, HookSecret, "Webhooks:1:Name=erp", "Webhooks:1:Url=https://y.example",
        "Webhooks:1:Secret=whsec_bm90IGEgc2VjcmV0IG9mIGFueWJvZHkh")]
    [TestCase("Webhooks:AllowedHosts: 'a/b' is neither a host", "Webhooks:AllowedHosts:0=a/b")]
    [TestCase("Webhooks:0 has no key that is read.", "Webhooks:0=secret")]
    public void Names_the_key_and_not_the_value(string line, params string[] settings) => AssertRefused("Development", line, settings);

    [Test]
    public void Takes_a_blank_value_for_none([Values("", " ")] string blank)
    {
        string[] keys =
        [
            "Auth:AllowAnonymous", "Auth:Jwt:Authority", "Auth:Jwt:Audience", "AutoMapper:LicenseKey", "Cors:Origins",
            "Freshdesk:ApiKey", "Freshdesk:BaseUrl", "Freshdesk:OrderIdField", "Freshdesk:OrderIdPatterns", "Freshdesk:RateLimitFloor",
            "Issues:ResolvedStatuses", "Issues:Statuses", "MongoDb:CountersCollection", "MongoDb:IssuesCollection",
            "RateLimit:PermitsPerMinute", "TikTokShop:AccessToken", "TikTokShop:AppKey", "TikTokShop:AppSecret", "TikTokShop:AuthBaseUrl",
            "TikTokShop:BaseUrl", "TikTokShop:RefreshToken", "TikTokShop:ShopCipher",
        ];

        Assert.That(UnreadKeys([.. keys.Select(key => $"{key}={blank}")]), Is.Empty);
    }

    [TestCase("RateLimit:PermitPerMinute=5")]
    [TestCase("Auth:ApiKey=secret-secret-secret")]
    [TestCase("Auth:ApiKeys=secret-secret-secret")]
    [TestCase("Auth:Jwt:Issuer=https://login.example.com")]
    [TestCase("AutoMapper:LicenceKey=secret")]
    [TestCase("Cors:Origin:0=https://app.example.com", "Cors:Origin")]
    [TestCase("Cors:Origins:0:Name=https://app.example.com")]
    [TestCase("Freshdesk:BaseURI=https://acme.freshdesk.com")]
    [TestCase("Issues:Status=open")]
    [TestCase("MongoDb:Collection=issues")]
    public void Names_a_key_that_nothing_reads(string setting, string? key = null) =>
        Assert.That(UnreadKeys(setting), Is.EqualTo(new[] { key ?? setting.Split('=')[0] }));

    [Test]
    public void Names_a_key_of_an_entry_that_nothing_reads() =>
        Assert.That(
            UnreadKeys(
                "Auth:ApiKeys:0:Name=app", "Auth:ApiKeys:0:Key=secret-secret-secret", "Auth:ApiKeys:0:Scopes:0=issues:read",
                "Auth:ApiKeys:0:Scope=issues:write", "Auth:ApiKeys:1:NAME=b", "Auth:ApiKeys:1:key=secret-secret-two",
                "Auth:ApiKeys:1:scopes=issues:read"),
            Is.EqualTo(new[] { "Auth:ApiKeys:0:Scope" }));

    /// <summary>A list, and what stands beside its entries.</summary>
    [Test]
    public void Names_a_key_of_a_section_with_two_parts_that_neither_reads() =>
        Assert.That(
            UnreadKeys(
                "Webhooks:0:NAME=erp", "Webhooks:0:Url=http://x.example", HookSecret, "Webhooks:0:Type=x", "Webhooks:AllowedHosts:0=x.example",
                "Webhooks:AllowedHost=y", "Webhooks:Url=https://y.example", "Webhooks:0:Types:0=order_issue.created"),
            Is.EquivalentTo(new[] { "Webhooks:0:Type", "Webhooks:AllowedHost", "Webhooks:Url" }));

    [Test]
    public void Leaves_sections_alone_that_others_read(
        [Values("AllowedHosts=*", "AllowedHosts=", "AllowedHosts=issues.example.com;*.example.org;localhost;127.0.0.1;[::1];bücher.example")] string hosts) =>
        Assert.That(
            UnreadKeys(
                "Logging:LogLevel:Default=Warning", "Logging:Console:FormatterName=JSON", "Logging:Console:FormatterOptions:SingleLine=true",
                "Kestrel:Certificates:Default:Path=a.pfx", hosts),
            Is.Empty);

    [Test]
    public void Warns_of_a_key_that_nothing_reads()
    {
        using var service = Service.Start(("RateLimit:PermitPerMinute", "4711"));

        Assert.That(
            service.Log.Lines,
            Has.One.EqualTo("Warning: RateLimit:PermitPerMinute is configured, but nothing reads it: is it misspelt?"));
    }

    private static List<string> UnreadKeys(params string[] settings)
    {
        var builder = Compose("Development", settings);
        var sections = builder.Services.Select(service => service.ImplementationInstance).OfType<OptionsSection>();
        return [.. OptionsSection.UnreadKeys(sections, builder.Configuration)];
    }

    private static void AssertRefused(string environment, string line, string[] settings)
    {
        var message = Assert.Throws<StartupException>(() => Compose(environment, settings)).Message;

        Assert.That(message, Does.StartWith(line).And.Not.Contain("secret").And.Not.Contain("\n"));
    }

    private static WebApplicationBuilder Compose(string environment, params string[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => setting.Split('=', 2)).GroupBy(pair => pair[0], pair => (string?)pair[1])
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Last())));
        HostSettings.RequireLogging(builder.Configuration);
        builder.AddOrderIssues();
        return builder;
    }
}
