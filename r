<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
<testsuite name="tenure" timestamp="2026-11-21T07:54:28" hostname="localhost" tests="1" failures="0" errors="1" skipped="0" time="0" id="0" package="tenure">
<properties><property name="tenure.version" value="0.1.0"/><property name="tenure.asOf" value="2026-11-21T07:54:28Z"/></properties>
<testcase classname="tenure.run" name="scan" time="0"><error type="aborted" message="scan: two reports go to ./r; give each its own file">scan: two reports go to ./r; give each its own file</error></testcase>
<system-out/><system-err/></testsuite></testsuites>
