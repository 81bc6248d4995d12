global using System.Globalization;
global using Microsoft.AspNetCore.Mvc;
global using OrderIssues.Application.Common.Configuration;
global using OrderIssues.Application.Common.Errors;
