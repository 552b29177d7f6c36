@echo off
rem Finds a Python that can run the kit and hands over to installer\, which does the rest.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "PYTHONHOME="
set "PYTHONPATH=%ROOT%"
set "PYTHONUTF8=1"

if not exist "%ROOT%\.venv\kit\run.stamp" goto search
if not exist "%ROOT%\.venv\Scripts\python.exe" goto search
"%ROOT%\.venv\Scripts\python.exe" -S -P -m installer %*
exit /b %ERRORLEVEL%

:search
rem A name on the PATH proves nothing (the shop's stub exists): each one is run.
set "TEST=import sys, venv, ssl, hashlib; sys.exit(not (sys.version_info >= (3, 11) and sys.maxsize > 2**32))"
for %%P in ("py -3.13" "py -3.12" "py -3.11" "py -3.14" "py -3" "python" "python3") do (
    %%~P -c "%TEST%" >nul 2>nul && (
        set "FOUND=%%~P"
        goto found
    )
)
echo El kit necesita Python 3.11 o posterior ^(64 bits^), y no lo encontro.
echo The kit needs Python 3.11 or later ^(64 bits^), and found none.
echo     winget install Python.Python.3.13
exit /b 1

:found
%FOUND% -S -P -m installer %*
exit /b %ERRORLEVEL%
